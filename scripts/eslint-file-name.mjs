// A lint rule: files are named after the thing they hold, in kebab-case.
import { basename, relative, sep } from 'node:path';

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.(ts|mts|mjs)$/;
const ROOMS = /^(utils?|helpers?|commons?|misc|shared|types)$/;

export default {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      kebab: "file name must be kebab-case, got '{{name}}'",
      room: "file or folder must be named after what it holds, got '{{name}}'",
    },
  },
  create: context => ({
    Program(node) {
      const parts = relative(context.cwd, context.filename).split(sep);
      const file = basename(context.filename);
      if (!KEBAB.test(file)) context.report({ node, messageId: 'kebab', data: { name: file } });
      for (const part of parts) {
        const name = part.split('.')[0];
        if (ROOMS.test(name)) context.report({ node, messageId: 'room', data: { name } });
      }
    },
  }),
};
