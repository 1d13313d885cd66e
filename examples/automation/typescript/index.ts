// A tool that embeds Pulumi. It shows which grants a team's cluster takes and why, and deploys it when asked to:
//
//     node index.js --team shop --subnet SUBNET_ID
//     node index.js --team shop --subnet SUBNET_ID --deploy
import { parseArgs } from "node:util";
import * as automation from "@pulumi/pulumi/automation";
import * as aksidentity from "@aksidentity/pulumi";

// What a team asks for. A team says where, and nothing else: the rest is the platform's own idea of a cluster.
interface Order {
    team: string;
    subnet: string;
}

// The inline program: Pulumi runs it in this process. The planned grants are known in the preview.
function program(order: Order, show: (line: string) => void) {
    return async () => {
        const cluster = new aksidentity.ManagedIdentityCluster(order.team, {
            location: "westeurope",
            identity: { type: aksidentity.IdentityType.UserAssigned },
            subnets: { nodes: order.subnet },
            systemPool: { subnet: "nodes" },
            apiServer: { authorizedIpRanges: ["192.0.2.0/24"] },
        });
        cluster.plannedGrants.apply(grants => {
            grants.forEach(g => show(`planned: ${g.role} for ${g.identity} on ${g.on}, to ${g.reason}`));
        });
        return { clusterId: cluster.clusterId, grants: cluster.grants };
    };
}

// Shows the preview, and deploys when it is told to. A stack for each team keeps the teams apart.
async function run(order: Order, deploy: boolean) {
    const stack = await automation.LocalWorkspace.createOrSelectStack({
        stackName: order.team,
        projectName: "clusters",
        program: program(order, console.log),
    });
    const { changeSummary } = await stack.preview();
    console.log(`preview: ${changeSummary.create ?? 0} to create, ${changeSummary.update ?? 0} to update, `
        + `${changeSummary.replace ?? 0} to replace, ${changeSummary.delete ?? 0} to delete`);
    if (!deploy) {
        return;
    }
    const { outputs } = await stack.up();
    console.log(`made: ${outputs.clusterId.value}`);
    for (const g of outputs.grants.value) {
        console.log(`granted: ${g.role} to ${g.identity} on ${g.scope}, to ${g.reason}`);
    }
}

const { values } = parseArgs({
    options: { team: { type: "string" }, subnet: { type: "string" }, deploy: { type: "boolean", default: false } },
});
if (!values.team || !values.subnet) {
    throw new Error("give --team, after which cluster and stack are called, and --subnet, the resource ID of the nodes' subnet");
}
run({ team: values.team, subnet: values.subnet }, values.deploy ?? false).catch(error => {
    console.error(error);
    process.exitCode = 1;
});
