import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const domains = ['nordlicht.example', 'suedwind.example', 'adventure-works.example', 'university.example', 'mentoring.example'];

// A unit that is made up while the platform runs takes a domain below this one.
const below = '.mentoring.example';

/** People worth offering on the sign-in page. The demo writes the file once it knows them; everybody else of the domains signs in too. */
export function listedPeople(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

/** The account an e-mail address stands for, or null where the made-up domains end. */
export function accountOf(email, people) {
  const address = String(email ?? '').trim().toLowerCase();
  const [local, domain, ...more] = address.split('@');
  if (!/^[\p{L}\p{N}._+-]{1,64}$/u.test(local) || !(domains.includes(domain) || domain?.endsWith(below)) || more.length > 0) return null;
  const listed = people.find((person) => person.email.toLowerCase() === address);
  return {
    // Stable across restarts and machines, and not the address itself: nothing may take the subject for an e-mail.
    sub: createHash('sha256').update(`mentoring ${address}`).digest('hex').slice(0, 32),
    email: address,
    email_verified: true,
    name: listed?.name ?? local.split(/[._-]+/).filter(Boolean).map((word) => word[0].toUpperCase() + word.slice(1)).join(' '),
  };
}
