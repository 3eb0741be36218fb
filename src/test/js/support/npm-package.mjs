import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const target = fileURLToPath(new URL('../../../../target/', import.meta.url));

/**
 * The folder of a package of npm's, which is fetched once, and unpacked only if its SHA-512 in
 * base64 is the one of the package that was looked at when it was chosen.
 */
export function npmPackage(name, version, checksum) {
  const file = `${name.replace('@', '').replace('/', '-')}-${version}`;
  const folder = join(target, file);
  const packed = join(folder, `${file}.tgz`);
  const unpacked = join(folder, 'package');
  if (existsSync(unpacked)) return unpacked;
  mkdirSync(folder, { recursive: true });
  execFileSync('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', folder]);
  if (createHash('sha512').update(readFileSync(packed)).digest('base64') !== checksum)
    throw new Error(`${packed} is not the package that it should be`);
  execFileSync('tar', ['-xzf', packed, '-C', folder]);
  return unpacked;
}
