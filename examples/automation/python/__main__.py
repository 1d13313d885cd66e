"""A tool that embeds Pulumi. It shows which grants a team's cluster takes and why, and deploys it when asked to:

    python . --team shop --subnet SUBNET_ID
    python . --team shop --subnet SUBNET_ID --deploy
"""

import argparse
from typing import Sequence

import pulumi
import pulumi_aksidentity as aksidentity
from pulumi import automation


def program(team: str, subnet: str) -> None:
    """The inline program: Pulumi runs it in this process. A team says where; the rest is the platform's own idea of a cluster."""
    cluster = aksidentity.ManagedIdentityCluster(
        team,
        location="westeurope",
        identity={"type": aksidentity.IdentityType.USER_ASSIGNED},
        subnets={"nodes": subnet},
        system_pool={"subnet": "nodes"},
        api_server={"authorized_ip_ranges": ["192.0.2.0/24"]},
    )
    # Known in the preview.
    cluster.planned_grants.apply(show)
    pulumi.export("clusterId", cluster.cluster_id)


def show(grants: Sequence[aksidentity.outputs.PlannedGrantRecord]) -> None:
    for g in grants:
        print(f"planned: {g.role} for {g.identity} on {g.on}, to {g.reason}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--team", required=True, help="after which cluster and stack are called")
    parser.add_argument("--subnet", required=True, help="the resource ID of the subnet for the nodes")
    parser.add_argument("--deploy", action="store_true", help="deploy, after showing what it takes")
    order = parser.parse_args()
    team, subnet = str(order.team), str(order.subnet)

    # A stack for each team keeps the teams apart.
    stack = automation.create_or_select_stack(
        stack_name=team, project_name="clusters", program=lambda: program(team, subnet)
    )
    print("preview:", stack.preview().change_summary)
    if order.deploy:
        print("made:", stack.up().outputs["clusterId"].value)


if __name__ == "__main__":
    main()
