// Imported before anything of the SDK: the package is an optional peer, which only authors of packs install.
try {
  require.resolve("@pulumi/policy");
} catch {
  throw new Error(
    `pulumi-otc-background-task/policy needs the package @pulumi/policy, which is not installed: ` +
      `run "npm install @pulumi/policy" in the policy pack's folder.`,
  );
}
