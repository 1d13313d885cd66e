"""The pools of the production cluster. Each is spread over three zones and names its version: AKS leaves the version of a pool where it
is when the control plane is upgraded."""

from pulumi_aksidentity import AutoscalingArgs, NodePoolArgs

# The minor version of the first day; AKS's patch channel keeps the patches.
KUBERNETES_VERSION = "1.35"

ZONES = ["1", "2", "3"]

# Runs what the cluster itself needs. The default taint keeps everything else away.
system_pool = NodePoolArgs(
    subnet="system",
    autoscaling=AutoscalingArgs(min=3, max=5),
    availability_zones=ZONES,
    kubernetes_version=KUBERNETES_VERSION,
)

# Serves customers.
web_pool = NodePoolArgs(
    name="web",
    subnet="workloads",
    vm_size="Standard_D8ds_v5",
    autoscaling=AutoscalingArgs(min=3, max=12),
    availability_zones=ZONES,
    kubernetes_version=KUBERNETES_VERSION,
)

# Is empty until there is a job that tolerates its taint.
job_pool = NodePoolArgs(
    name="jobs",
    subnet="workloads",
    vm_size="Standard_E8ds_v5",
    autoscaling=AutoscalingArgs(min=0, max=20),
    node_labels={"workload": "jobs"},
    node_taints=["workload=jobs:NoSchedule"],
    availability_zones=ZONES,
    kubernetes_version=KUBERNETES_VERSION,
)
