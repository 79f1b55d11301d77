import { defineConfig } from 'vite';

// During development the page runs on Vite's own port; everything it asks for comes from a running gateway.
const gateway = process.env['GATEWAY'] ?? 'http://localhost:5100';

export default defineConfig({
  build: {
    target: 'es2023',
    // The page's policy allows no inline script, which is what the polyfill would be.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api': gateway, '/config.json': gateway, '/problems': gateway } },
});
