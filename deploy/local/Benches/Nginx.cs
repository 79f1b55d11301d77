using Mentoring.Host;

namespace Mentoring.Benches;

/// <summary>nginx on loopback with a configuration of its own, nothing of the machine's.</summary>
internal static class Nginx
{
    /// <summary>Answers everything with the same few bytes: as cheap as an upstream can be, so that what is measured is the proxy.</summary>
    public static Launch Upstream(LocalState state, int port) => With(state, "upstream", workers: 1, $$"""
        server {
            listen 127.0.0.1:{{port}};
            default_type application/json;
            return 200 '{"items":[],"next":null}';
        }
        """);

    /// <summary>A proxy with kept connections to its upstream, as YARP has them.</summary>
    public static Launch Proxy(LocalState state, int port, int upstream) => With(state, "nginx", workers: Environment.ProcessorCount, $$"""
        upstream upstream {
            server 127.0.0.1:{{upstream}};
            keepalive 64;
            keepalive_requests 1000000000;
        }
        server {
            listen 127.0.0.1:{{port}};
            location / {
                proxy_pass http://upstream;
                proxy_http_version 1.1;
                proxy_set_header Connection "";
            }
        }
        """);

    private static Launch With(LocalState state, string name, int workers, string servers)
    {
        var folder = state.MakeFolder(name);
        state.WriteText($"{name}.conf", $$"""
            daemon off;
            worker_processes {{workers}};
            pid {{folder}}/pid;
            error_log stderr warn;
            events { worker_connections 1024; }
            http {
            access_log off;
            keepalive_requests 1000000000;
            client_body_temp_path {{folder}};
            proxy_temp_path {{folder}};
            fastcgi_temp_path {{folder}};
            uwsgi_temp_path {{folder}};
            scgi_temp_path {{folder}};
            {{servers}}
            }

            """);
        return new Launch("nginx", ["-e", "stderr", "-p", folder, "-c", state.In($"{name}.conf")]);
    }
}
