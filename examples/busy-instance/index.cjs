// Runs the program in this process, by Pulumi's Automation API: node index.cjs up, node index.cjs destroy
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const { program } = require("./program.cjs");

async function main([command = "up", stackName = "dev"]) {
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName, projectName: "busy-instance", program },
    { workDir: __dirname },
  );
  const onOutput = (text) => process.stdout.write(text);
  // A destroy calls the hooks, too: for that, the program has to run.
  await (command === "destroy" ? stack.destroy({ onOutput, runProgram: true }) : stack.up({ onOutput }));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
