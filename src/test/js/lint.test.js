// Biome, with the rules of lint.json.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { npmPackage } from './support/npm-package.mjs';
import { fileOf } from './support/page.js';

const version = '2.6.8';
const checksums = {
  'linux-x64':
    'XIk3pLQT56I6Tti+u0DF8FtSNXjCMTPbxVTzfJ9cS2t1ImVKvrqV5b52GuEaJg6/wuiXvz0sjfb5saB4TPRjzA==',
  'linux-arm64':
    '0Bjim8lKwnrvXUHoI4k3Tb51BjoiLEwDnovCI8nSzkk6wj3dShiuAjrx6+X0Hjf4ejR1sRZgTQiSDHlpy9vB7w==',
  'darwin-x64':
    'QWWUPjlA0RnkkgYnFLUHZu+RrDc0FdK0A+wEPA+dENQJwsuSHMH89lspnAw2QUWWc9VHyfluGx1Xmp6Y2GZi8Q==',
  'darwin-arm64':
    'DHyj+JnRHcn4YdvpiqgTFZMYKSPELMCfFpNNlEuu1L8DKTGXhzW7raIwdsbo2Ie9nCljQLAQkVWQk/mwM0ueiA==',
};
const platform = `${process.platform}-${process.arch}`;
const skip = !checksums[platform] && `there is no linter for ${platform}`;

test('the linter has nothing to say about the page', { skip }, () => {
  const folder = npmPackage(`@biomejs/cli-${platform}`, version, checksums[platform]);
  const config = fileURLToPath(new URL('lint.json', import.meta.url));
  const found = spawnSync(`${folder}/biome`, [
    'lint', '--error-on-warnings', `--config-path=${config}`, fileURLToPath(fileOf('js')),
    fileURLToPath(fileOf('sw.js')),
  ]);
  assert.equal(found.status, 0, `${found.stdout}${found.stderr}`);
});
