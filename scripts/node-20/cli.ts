#!/usr/bin/env node
// Node.js 24 has all that the sources and the bundled packages use; older ones are given it first.
if (Number(process.versions.node.split(".")[0]) < 24) await import("./polyfills.ts");
await import("../../src/cli.ts");
