// The runtimes besides browsers, and the programs in which each runs the suite, as data.

const oneWorker = { workers: 1 };

/**
 * `project`: "type" of the project's package.json; `program`: file of programs/; `as`: its name in the project, if
 * another; `flags`: of the runtime.
 */
const programs = [
  { environment: "`import`, in a project of modules", project: "module", program: "es_module.mjs", as: "app.js" },
  { environment: "`require`, in a project of modules", project: "module", program: "commonjs.cjs" },
  { environment: "`import`, in a project of CommonJS", project: "commonjs", program: "es_module.mjs" },
  { environment: "`require`, in a project of CommonJS", project: "commonjs", program: "commonjs.cjs", as: "app.js" },
  { environment: "`import`, `workers: 1`", project: "module", program: "es_module.mjs", options: oneWorker },
  { environment: "`require`, `workers: 1`", project: "commonjs", program: "commonjs.cjs", options: oneWorker },
  { environment: "`import` of `kinvec/inline`", project: "module", program: "inline.mjs" },
  { environment: "`require` of `kinvec/inline`", project: "commonjs", program: "inline.cjs" },
];

/** With Jest in it; `program` is a test of Jest's. */
export const jestEnvironments = [
  { environment: "Jest, `require`", program: "jest.test.js" },
  { environment: "Jest, `require`, `workers: 1`", program: "jest.test.js", options: oneWorker },
  { environment: "Jest, `require` of `kinvec/inline`", program: "jest_inline.test.js" },
];

// Deno may read files, and nothing more.
const deno = ["run", "--no-prompt", "--allow-read"];
// Addresses are those of files, or of a server.
const byUrl = { project: "module", program: "url.mjs" };
const byAddress = [
  { environment: "by file URL, no package", ...byUrl, dist: "file" },
  { environment: "by file URL, no package, `workers: 1`", ...byUrl, dist: "file", options: oneWorker },
];

/** Programs that each runtime runs, after its flags. */
export const programEnvironments = {
  node: programs.map((one) => ({ ...one, flags: [] })),
  deno: [
    ...[
      ...programs,
      { environment: "`npm:` specifier", project: "module", program: "npm_specifier.mjs" },
      ...byAddress,
    ].map((one) => ({ ...one, flags: deno })),
    {
      environment: "by http URL, no package",
      ...byUrl,
      dist: "http",
      flags: [...deno, "--allow-import", "--allow-net"],
    },
  ],
  bun: [...programs, ...byAddress].map((one) => ({ ...one, flags: [] })),
};
