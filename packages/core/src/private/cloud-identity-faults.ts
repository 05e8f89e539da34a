import { Fault } from '../faults';
import { quoted } from './quoted';

/** Path and name of a role have other letters, too, but no blank and no star. */
const ROLE_ARN = /^arn:aws(?:-[a-z]+)*:iam::\d{12}:role\/(?:[\x21-\x29\x2b-\x7e]+\/)*[\w+=,.@-]{1,64}$/;
/** Of an account that users make, and of those that Google Cloud makes by itself. */
const GOOGLE = /^[a-z](?:[-a-z0-9]{4,28}[a-z0-9])@[a-z](?:[-a-z0-9]{4,28}[a-z0-9])(?:\.[a-z0-9-]+)*\.iam\.gserviceaccount\.com$/;
const GOOGLE_OWN = /^(?:\d+-compute@developer|[a-z][-a-z0-9.]*@appspot)\.gserviceaccount\.com$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function roleArnFaults(arn: string): Fault[] {
  return typeof arn === 'string' && ROLE_ARN.test(arn) ? [] : [{
    code: 'KEELSON1577', got: quoted(arn), allowed: 'the ARN of an IAM role', fix: "write it like 'arn:aws:iam::123456789012:role/shop'",
  }];
}

export function gkeFaults(email: string | undefined): Fault[] {
  return email === undefined || (typeof email === 'string' && (GOOGLE.test(email) || GOOGLE_OWN.test(email))) ? [] : [{
    code: 'KEELSON1578', got: quoted(email), allowed: 'the e-mail address of a service account of Google Cloud', fix: "write it like 'shop-app@my-project.iam.gserviceaccount.com'",
  }];
}

export function azureFaults(member: string, id: string): Fault[] {
  return typeof id === 'string' && UUID.test(id) ? [] : [{
    code: 'KEELSON1579', member, got: quoted(id), allowed: 'a UUID', fix: "write it like '00001111-aaaa-2222-bbbb-3333cccc4444', as the portal shows it",
  }];
}
