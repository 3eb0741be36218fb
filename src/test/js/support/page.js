// The page's modules under Node, with the names that the page itself gives to its libraries.
import { register } from 'node:module';

const publicFolder = new URL('../../../../public/', import.meta.url);

register('./import-map.js', import.meta.url, { data: { publicFolder: publicFolder.href } });

export const page = (path) => import(new URL(path, publicFolder));
export const fileOf = (path) => new URL(path, publicFolder);
