// The API reference: a page per entry, from the TSDoc comments, by TypeDoc.

import path from "node:path";
import { Application, Converter, ReflectionKind } from "typedoc";
import { entries } from "../entries.mjs";
import { generated, root } from "./places.mjs";

/** Reads the comments. @throws if one of them links to nothing */
export async function readComments() {
  const app = await Application.bootstrapWithPlugins({
    name: "Kinvec",
    entryPoints: Object.values(entries).map((file) => path.join(root, file)),
    tsconfig: path.join(root, "tsconfig.json"),
    basePath: root,
    plugin: ["typedoc-plugin-markdown"],
    readme: "none",
    excludeInternal: true,
    excludePrivate: true,
    excludeExternals: true,
    disableSources: true,
    sort: ["source-order"],
    sortEntryPoints: false,
    groupOrder: ["Functions", "Classes", "Interfaces", "Type Aliases", "Variables"],
    validation: { notExported: false, invalidLink: true, notDocumented: false },
    treatWarningsAsErrors: true,
    // What typedoc-plugin-markdown writes.
    outputs: [{ name: "markdown", path: path.join(generated, "api") }],
    outputFileStrategy: "modules",
    hideBreadcrumbs: true,
    hidePageHeader: true,
    entryFileName: "index",
    hideGroupHeadings: true,
    useHTMLEncodedBrackets: true, // Vue would take them for tags
    sanitizeComments: true,
    parametersFormat: "table",
    interfacePropertiesFormat: "table",
    classPropertiesFormat: "table",
    typeDeclarationFormat: "table",
    tableColumnSettings: { hideDefaults: true, hideInherited: true, hideModifiers: true, hideOverrides: true },
    useCodeBlocks: true,
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    nameModules(project);
    removeSymbols(project);
  });
  const project = await app.convert();
  if (!project) throw new Error("TypeDoc could not read the sources");
  app.validate(project);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) throw new Error("TypeDoc has complaints, see above");
  return { app, project };
}

/** Modules are called as they are imported, not by their files as TypeDoc does. */
function nameModules(project) {
  const names = new Map(Object.entries(entries).map(([name, file]) => [file.replace(/(\/index)?\.ts$/, ""), name]));
  for (const module of project.getReflectionsByKind(ReflectionKind.Module)) {
    const name = names.get(module.name);
    if (!name) throw new Error(`no entry is made from ${module.name}`);
    module.name = name;
  }
}

/** Methods such as [Symbol.dispose] are for the language to call. */
function removeSymbols(project) {
  const methods = project.getReflectionsByKind(ReflectionKind.Method);
  for (const method of methods.filter(({ name }) => name.startsWith("["))) project.removeReflection(method);
}

/** Writes the pages. */
export async function writeReference({ app, project }) {
  await app.generateOutputs(project);
}
