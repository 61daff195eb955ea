export default { serverExternalPackages: ["kinvec"] };
