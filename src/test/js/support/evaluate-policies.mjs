// Says what Google's CSP Evaluator finds in content security policies: `node evaluate-policies.mjs < policies.json`. It takes a
// list of policies, and answers with a list of lists of findings: { severity, directive, value, description }.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const version = '1.1.8';
const checksum = '2b4f2a30ed67a39908708c05ba559accbad0b5a6c0fa29f1761a641a342fd904';
const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../../target/csp_evaluator');
const packed = join(folder, `csp_evaluator-${version}.tgz`);

// Fetched once, and run only if it is the package that was looked at when the version was written down here.
function fetched() {
  if (!existsSync(packed)) {
    mkdirSync(folder, { recursive: true });
    execFileSync('npm', [
      'pack',
      `csp_evaluator@${version}`,
      '--silent',
      '--pack-destination',
      folder,
    ]);
  }
  if (createHash('sha256').update(readFileSync(packed)).digest('hex') !== checksum) {
    throw new Error(`${packed} is not the package that it should be`);
  }
  execFileSync('tar', ['-xzf', packed, '-C', folder]);
  return createRequire(join(folder, 'package/package.json'));
}

const require = fetched();
const { CspEvaluator, DEFAULT_CHECKS, STRICTCSP_CHECKS } = require('./dist/evaluator.js');
const { CspParser } = require('./dist/parser.js');
const { Severity } = require('./dist/finding.js');

const findings = (policy) =>
  new CspEvaluator(new CspParser(policy).csp)
    .evaluate(undefined, [...DEFAULT_CHECKS, ...STRICTCSP_CHECKS])
    .map(({ severity, directive, value, description }) => ({
      severity: Severity[severity],
      directive,
      value,
      description,
    }));

console.log(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(findings)));
