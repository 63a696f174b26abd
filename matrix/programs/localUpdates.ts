/** A script that updates the program in its folder twice, and destroys its stack. */
export const localUpdates = `
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
async function main(stackName) {
  const stack = await LocalWorkspace.createOrSelectStack({ stackName, workDir: __dirname });
  const options = { onOutput: (text) => process.stdout.write(text) };
  await stack.up(options);
  await stack.up(options);
  await stack.destroy(options);
}
main(process.argv[2]).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
`;
