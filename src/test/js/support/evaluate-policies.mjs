// Says what Google's CSP Evaluator finds in content security policies: `node evaluate-policies.mjs < policies.json`. It takes a
// list of policies, and answers with a list of lists of findings: { severity, directive, value, description }.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { npmPackage } from './npm-package.mjs';

const checksum =
  'EwOnfYuNbTytvbMKsLixTrRgnjOa0WZCxGy8A9nnSYAicrdwn+T/epU/yjgymmOxlgKnvH+8wXt+7p/8ak5Feg==';
const folder = npmPackage('csp_evaluator', '1.1.8', checksum);
const require = createRequire(`${folder}/package.json`);
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
