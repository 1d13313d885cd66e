package recordings

import (
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// situation is what one recording does, said in our arguments, or the reason why it cannot be said.
type situation struct {
	recording string
	// variant says what is otherwise than in the recording, where the recording itself is refused.
	variant string

	// before is the state in which an update found the cluster; nil when a cluster is made.
	before step
	// precondition makes true what the recording says was there. In an update that is between our two deployments.
	precondition func(*world)
	// set is the wanted state, and program what deploys it; nil is the cluster alone.
	set     step
	program func(*clusterArgs, *world) pulumi.RunFunc
	// patient deployments wait for what the service knows only later.
	patient bool

	// more are the grants that we make or remove and the CLI does not, with the reason.
	more map[string]string
	// but are differences of the bodies in this situation alone.
	but []difference
	// untouched is why we do not PUT the cluster, although the CLI does.
	untouched string

	// refused: our plan refuses it, there.
	refused []refusal
	// stops: our deployment fails, like this.
	stops *stop
	// apart is why the recording is not compared at all.
	apart string
}

func (s situation) name() string {
	if s.variant == "" {
		return s.recording
	}
	return s.recording + ", " + s.variant
}

// deploys tells that our program is run.
func (s situation) deploys() bool { return s.apart == "" && len(s.refused) == 0 }

// situations is the one list: every recording is compared, refused, or set apart with a reason.
func situations() []situation {
	list := slices.Concat(creations(), updates(), failures(), noClusters())
	slices.SortStableFunc(list, func(a, b situation) int { return strings.Compare(a.recording, b.recording) })
	return list
}

const (
	servicePrincipal = "starts from a cluster with a service principal, which the component neither makes nor takes over"
	stopsBefore      = "the grant comes before the cluster, which is not made"
)

func creations() []situation {
	const (
		zoneRecord = "AKS refuses the cluster without it (CustomPrivateDNSZoneMissingPermissionError)"
	)
	return []situation{
		{recording: "01c-seed-aks-create", set: asItIs},
		{recording: "01e-aks-create-default-identity", set: asItIs},
		{recording: "02-byo-subnet-system-assigned-kubenet", set: inSubnet},
		{
			recording: "02b-byo-subnet-assignment-exists-other-principal", set: inSubnet,
			precondition: func(w *world) { w.grant(w.somebodyElse(), "Network Contributor", string(w.subnet("nodes"))) },
			more: map[string]string{
				"Network Contributor on subnets nodes": "the CLI took the assignment of somebody else for it: it does not ask who holds it",
			},
		},
		{recording: "02c-byo-subnet-skip-role-assignment", set: all(inSubnet, grantNothing)},
		{
			recording: "02d-byo-subnet-assignment-exists-on-vnet", set: inSubnet,
			precondition: func(w *world) { w.grant(w.somebodyElse(), "Network Contributor", w.network()) },
		},
		{recording: "02g-byo-subnet-other-subscription", set: inOtherSubscription},
		{recording: "03-byo-subnet-system-assigned-azure-cni", set: all(flat, inSubnet, serviceRange)},
		{recording: "04-user-assigned-control-plane-subnet", set: all(flat, inSubnet, userAssigned)},
		{recording: "04b-user-assigned-control-plane-only", set: userAssigned},
		{
			recording: "04d-user-assigned-subnet-granted-already", set: all(inSubnet, userAssigned),
			precondition: func(w *world) {
				w.grant(w.controlPlane().PrincipalID, "Network Contributor", string(w.subnet("nodes")))
			},
			stops: existsAlready(), untouched: stopsBefore,
		},
		{recording: "05-user-assigned-control-plane-and-kubelet", set: all(flat, inSubnet, userAssigned, ownKubelet)},
		{
			recording: "05b-kubelet-identity-assignment-exists", set: all(userAssigned, ownKubelet),
			precondition: func(w *world) {
				w.grant(w.controlPlane().PrincipalID, "Managed Identity Operator", w.kubelet().ID)
			},
			stops: existsAlready(), untouched: stopsBefore,
		},
		{
			recording: "05c-kubelet-identity-assignment-inherited", set: all(userAssigned, ownKubelet),
			precondition: func(w *world) {
				w.grant(w.controlPlane().PrincipalID, "Managed Identity Operator", azuresim.GroupID(azuresim.DefaultSubscriptionID, "identityRG"))
			},
			more: map[string]string{
				"Managed Identity Operator on userAssignedIdentities myKubelet": "the CLI found the right on the resource group; " +
					"ours sits on the identity, and stays when the other goes",
			},
		},
		{recording: "06a-udr-system-assigned", set: all(flat, inSubnet, ownRoutes)},
		{
			recording: "06b-udr-user-assigned", set: all(inSubnet, userAssigned, ownRoutes), program: afterRouteTableDelegation,
			more: map[string]string{
				"Network Contributor on routeTables udr": "AKS asks for it and refuses the cluster without (CustomRouteTableMissingPermission); " +
					"a VnetDelegation makes it, here in the same program",
			},
		},
		{
			recording: "06c-udr-system-assigned-kubenet", set: all(inSubnet, ownRoutes),
			refused: []refusal{{"network.outboundType", "CustomRouteTableWithUnsupportedMSIType"}},
		},
		{recording: "07a-attach-acr-by-id", set: registry},
		{recording: "07b-attach-acr-by-name", set: registry},
		{
			recording: "08a-addon-monitoring-workspace", set: monitoring((*world).workspace, true),
			refused: []refusal{{"addons.monitoring.legacyAuthentication", ""}},
		},
		{recording: "08c-addon-monitoring-msi-auth", set: monitoring((*world).workspace, false)},
		{recording: "09a-addon-ingress-appgw-id", set: all(flat, gateway(existingGateway))},
		{recording: "09b-addon-ingress-appgw-subnet-id", set: all(flat, gateway(gatewayInSubnet))},
		{recording: "09c-addon-ingress-appgw-subnet-cidr", set: all(flat, gateway(gatewayInRange))},
		{recording: "10-addon-virtual-node", set: all(flat, inSubnet, virtualNode)},
		{
			recording: "10e-addon-virtual-node-skip-subnet", set: all(flat, inSubnet, virtualNode),
			more: map[string]string{"Network Contributor on subnets nodes": "the CLI was told to skip it; our grants are made or left out together"},
		},
		{
			recording: "11-addon-http-application-routing", set: otherAddons(string(plan.HTTPRouting)),
			refused: []refusal{{"addons.other.httpApplicationRouting", "AddonInvalid"}},
		},
		{recording: "12-addon-azure-policy", set: asItIs},
		{recording: "13-addon-keyvault-secrets-provider", set: secretsProvider},
		{
			recording: "14a-private-dns-zone-system-assigned", set: all(privateZone, subdomain("mycluster")),
			refused: []refusal{{"apiServer.privateDnsZoneId", ""}},
		},
		{
			recording: "14b-private-dns-zone-user-assigned", set: all(userAssigned, privateZone, subdomain("mycluster")),
			more: map[string]string{
				"Private DNS Zone Contributor on privateDnsZones privatelink.westus2.azmk8s.io": zoneRecord,
			},
		},
		{recording: "15-outbound-ips", set: outboundIPs(ownIP), more: map[string]string{
			"Network Contributor on publicIPAddresses myOutboundIp": "every later change of the load balancer joins the address again (Azure/AKS issue 1945)",
		}},
		{recording: "16-disk-encryption-set", set: encryptionSet, more: map[string]string{
			"Reader on diskEncryptionSets myDes": "disks that the cluster makes read the set",
		}},
		{recording: "17a-oidc-issuer", set: asItIs},
		{recording: "27-keyvault-kms-private", set: all(userAssigned, kms), refused: []refusal{{"security.kms.networkAccess", ""}}},
	}
}

// afterRouteTableDelegation lets a network team delegate the route table to the cluster's identity before the cluster is
// made: the principal comes from the delegation.
func afterRouteTableDelegation(args *clusterArgs, w *world) pulumi.RunFunc {
	table := pulumi.String(w.id("networkRG", azuresim.RouteTableType, "udr"))
	return func(ctx *pulumi.Context) error {
		delegation, err := components.NewVnetDelegation(ctx, "network", &components.VnetDelegationArgs{
			PrincipalID:   args.Identity.UserAssigned.PrincipalID,
			RouteTableIDs: map[string]pulumi.StringInput{"udr": table},
			Propagation:   args.Propagation,
		})
		if err != nil {
			return err
		}
		identity := *args.Identity.UserAssigned
		identity.PrincipalID = delegation.PrincipalID
		delegated := *args
		delegated.Identity = &components.ClusterIdentityArgs{Type: plan.UserAssigned, UserAssigned: &identity}
		return clusterAlone(&delegated, w)(ctx)
	}
}

// noClusters are recordings that make no cluster and change none.
func noClusters() []situation {
	cluster := all(inSubnet, grantNothing)
	return []situation{
		{recording: "01a-seed-group-create", apart: "no cluster is made; ours makes its group with it, as in 01c"},
		{recording: "01b-seed-aks-create-no-key", apart: "the CLI stops for want of an SSH key, which a cluster does not need"},
		{recording: "01d-seed-get-credentials", apart: "reads only; the kubeconfig is an output of the component (tests/components)"},
		{recording: "25a-role-assignment-create-object-id", before: cluster, set: cluster, program: thenDelegation},
		{
			recording: "25b-role-assignment-create-again", before: cluster, set: cluster, program: thenDelegation,
			precondition: func(w *world) {
				w.grant(w.cloud.Clusters()[0].ControlPlane(), "Network Contributor", string(w.subnet("nodes")))
			},
			stops: existsAlready(),
		},
		{recording: rejectionsFile, apart: "one hundred commands, compared below"},
	}
}

// thenDelegation grants the principal of the cluster what it needs on the subnet, as `az role assignment create` does.
func thenDelegation(args *clusterArgs, w *world) pulumi.RunFunc {
	subnet := w.subnet("nodes")
	return func(ctx *pulumi.Context) error {
		cluster, err := components.NewManagedIdentityCluster(ctx, "aks", args)
		if err != nil {
			return err
		}
		_, err = components.NewVnetDelegation(ctx, "network", &components.VnetDelegationArgs{
			PrincipalID:   cluster.PrincipalID,
			NodeSubnetIDs: map[string]pulumi.StringInput{"nodes": subnet},
			Propagation:   args.Propagation,
		})
		return err
	}
}

func TestEveryRecordingIsAccountedFor(t *testing.T) {
	listed := map[string]bool{}
	for _, s := range situations() {
		if kinds := count(s.apart != "", len(s.refused) > 0, s.deploys()); kinds != 1 {
			t.Errorf("%s: it has to be one of compared, refused and set apart, and is %d of them", s.name(), kinds)
		}
		listed[s.recording] = true
	}
	for _, name := range names(t) {
		if !listed[name] {
			t.Errorf("recording %s is neither compared nor set apart with a reason", name)
		}
		delete(listed, name)
	}
	for name := range listed {
		t.Errorf("there is no recording %s", name)
	}
}

func count(facts ...bool) int {
	n := 0
	for _, fact := range facts {
		if fact {
			n++
		}
	}
	return n
}

// TestPreconditionsAreMade: a recording that says what was there before cannot be compared with an empty Azure.
func TestPreconditionsAreMade(t *testing.T) {
	for _, s := range situations() {
		said := load(t, s.recording).Precondition
		switch made := s.before != nil || s.precondition != nil; {
		case s.apart != "":
		case said != "" && !made:
			t.Errorf("%s: %q is not made before we deploy", s.name(), said)
		case said == "" && made:
			t.Errorf("%s: something is made before we deploy that the recording does not speak of", s.name())
		}
	}
}
