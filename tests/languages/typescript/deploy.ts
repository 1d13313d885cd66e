// Runs a compiled program as Pulumi's language host for Node would, as an inline program of the Automation API, which needs no language
// host. The current folder is that of the project, with its stack and configuration.
//
//     node deploy.js PROGRAM STACK OPERATION...
//
// The operations are preview, up and unchanged, which is an up that has nothing to change.
import { readFileSync } from "node:fs";
import * as automation from "@pulumi/pulumi/automation";

const [program, stackName, ...operations] = process.argv.slice(2);

// What a module exports are the outputs of the stack. Each operation runs the program anew, with its modules.
async function outputs() {
    for (const file of Object.keys(require.cache)) {
        if (!file.includes("node_modules")) {
            delete require.cache[file];
        }
    }
    return { ...require(program) };
}

const projectName = /^name: (.+)$/m.exec(readFileSync("Pulumi.yaml", "utf8"))![1];

async function main() {
    const stack = await automation.LocalWorkspace.selectStack({ stackName, projectName, program: outputs }, { workDir: "." });
    for (const operation of operations) {
        await run(stack, operation);
    }
}

async function run(stack: automation.Stack, operation: string) {
    const onOutput = (text: string) => process.stdout.write(text);
    switch (operation) {
        case "preview":
            return stack.preview({ onOutput });
        case "up":
            return stack.up({ onOutput });
        case "unchanged":
            return stack.up({ onOutput, expectNoChanges: true });
        default:
            throw new Error(`the operations are preview, up and unchanged, not ${operation}`);
    }
}

main().catch(error => {
    // What a command of the CLI says has been printed already.
    console.error(error instanceof automation.CommandError ? "the CLI failed" : error);
    process.exitCode = 1;
});
