import { types } from "@aksidentity/pulumi";

// The minor version of the first day; AKS's patch channel keeps the patches.
export const kubernetesVersion = "1.35";

// Each pool is spread over three zones and names its version: AKS leaves the version of a pool where it is when the control plane is
// upgraded.
const zonal = { availabilityZones: ["1", "2", "3"], kubernetesVersion };

// Runs what the cluster itself needs. The default taint keeps everything else away.
export const systemPool: types.input.NodePoolArgs = {
    ...zonal,
    subnet: "system",
    autoscaling: { min: 3, max: 5 },
};

// Serves customers.
export const webPool: types.input.NodePoolArgs = {
    ...zonal,
    name: "web",
    subnet: "workloads",
    vmSize: "Standard_D8ds_v5",
    autoscaling: { min: 3, max: 12 },
};

// Is empty until there is a job that tolerates its taint.
export const jobPool: types.input.NodePoolArgs = {
    ...zonal,
    name: "jobs",
    subnet: "workloads",
    vmSize: "Standard_E8ds_v5",
    autoscaling: { min: 0, max: 20 },
    nodeLabels: { workload: "jobs" },
    nodeTaints: ["workload=jobs:NoSchedule"],
};
