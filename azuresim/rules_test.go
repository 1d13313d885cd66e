package azuresim

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
)

const home, abroad = "westeurope", "northeurope"

// sameKeys says which rows of a table have no case, and which cases no row.
func sameKeys[V any](t *testing.T, rows []string, cases map[string]V) {
	t.Helper()
	for _, row := range rows {
		if _, tested := cases[row]; !tested {
			t.Errorf("the row %q has no case", row)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		if !slices.Contains(rows, name) {
			t.Errorf("the case %q has no row", name)
		}
	}
}

func rowsOf[R any](table []R, name func(R) string) []string {
	var out []string
	for _, row := range table {
		out = append(out, name(row))
	}
	return out
}

// putCode puts and returns the error, nil for success.
func putCode(t *testing.T, c *Cloud, id string, body map[string]any) *Error {
	t.Helper()
	_, err := c.Put(context.Background(), id, body)
	var refusal *Error
	if err != nil && !errors.As(err, &refusal) {
		t.Fatalf("PUT %s: %v", id, err)
	}
	return refusal
}

// decides checks that row i of a table is what refuses a PUT: with it the code comes, without it not.
func decides[R any](t *testing.T, table *[]R, i int, put func() *Error, code, target, reason string) {
	t.Helper()
	wantCode(t, put(), code, target, reason)
	whole := *table
	*table = slices.Delete(slices.Clone(whole), i, i+1)
	defer func() { *table = whole }()
	if refusal := put(); refusal != nil && refusal.Code == code && refusal.Target == target {
		t.Errorf("without the row it is refused all the same: %v", refusal)
	}
}

func wantCode(t *testing.T, refusal *Error, code, target, reason string) {
	t.Helper()
	if refusal == nil || refusal.Code != code || target != "" && refusal.Target != target {
		t.Errorf("%s: got %+v, want %s at %q", reason, refusal, code, target)
	}
}

// thing is the id of a resource of a type, with what encloses it in the same group.
func thing(group, resourceType string) string {
	parts := strings.Split(resourceType, "/")[1:]
	names := make([]string, len(parts))
	for i, part := range parts {
		names[i] = "thing" + string(rune('a'+i))
		if strings.HasSuffix(strings.ToLower(part), "dnszones") {
			names[i] += ".example"
		}
	}
	return ID(group, resourceType, names...)
}

// plant sets a value at a path; "[]" after a key makes a list of one.
func plantValue(body map[string]any, path string, value any) {
	keys := strings.Split(path, ".")
	for i, key := range keys {
		name, isList := strings.CutSuffix(key, "[]")
		if i == len(keys)-1 {
			body[name] = value
			return
		}
		next, _ := body[name].(map[string]any)
		if items, _ := body[name].([]any); len(items) > 0 {
			next, _ = items[0].(map[string]any)
		}
		if next == nil {
			next = map[string]any{}
		}
		body[name] = next
		if isList {
			body[name] = []any{next}
		}
		body = next
	}
}

// plainBody is a body that the simulator accepts, in the region at home.
func plainBody(resourceType string) map[string]any {
	body := map[string]any{"location": home, "properties": map[string]any{}}
	pool := map[string]any{"name": "system", "mode": "System", "count": 1.0, "vmSize": "Standard_D4ds_v5"}
	bodies := map[string]func(){
		ManagedClusterType: func() {
			body["identity"] = map[string]any{"type": "SystemAssigned"}
			body["properties"] = map[string]any{"dnsPrefix": "thinga", "agentPoolProfiles": []any{pool}}
		},
		AgentPoolType: func() {
			delete(pool, "name")
			body = map[string]any{"properties": pool}
		},
		SubnetType:             func() { body = map[string]any{"properties": map[string]any{"addressPrefix": "10.224.0.0/22"}} },
		VirtualNetworkType:     func() { plantValue(body, "properties.addressSpace.addressPrefixes", []any{"10.224.0.0/12"}) },
		VirtualNetworkLinkType: func() { body["location"] = "global" },
		PublicIPAddressType: func() {
			plantValue(body, "sku.name", "Standard")
			plantValue(body, "properties.publicIPAllocationMethod", "Static")
		},
		DiskType:           func() { plantValue(body, "properties.creationData.createOption", "Empty") },
		RegistryType:       func() { plantValue(body, "sku.name", "Standard") },
		StorageAccountType: func() { body["kind"], body["sku"] = "StorageV2", map[string]any{"name": "Standard_LRS"} },
		VaultType: func() {
			plantValue(body, "properties.tenantId", DefaultTenantID)
			plantValue(body, "properties.sku", map[string]any{"family": "A", "name": "standard"})
			plantValue(body, "properties.accessPolicies", []any{})
		},
		DataCollectionRuleType: func() {
			plantValue(body, "properties.destinations.logAnalytics", []any{map[string]any{"name": "logs"}})
		},
	}
	if special, known := bodies[resourceType]; known {
		special()
	}
	return body
}

// existing is a cloud with a resource of a type, its group and what encloses it.
func existing(t *testing.T, resourceType string) (*Cloud, string) {
	t.Helper()
	c := New()
	c.MustSeedCluster("home", "thinga", nil)
	id := thing("home", resourceType)
	if !c.known(id) {
		c.MustSeed(id, plainBody(resourceType))
	}
	return c, id
}

func TestWhatCannotChangeDoesNot(t *testing.T) {
	type values struct{ was, is any }
	text, truth := values{"a", "b"}, values{false, true}
	network := func(resourceType string) string { return ID("home", resourceType, "first") }
	cluster, pool := ManagedClusterType+" properties.", AgentPoolType+" properties."
	cases := map[string]values{
		cluster + "dnsPrefix": text, cluster + "fqdnSubdomain": text, cluster + "nodeResourceGroup": text,
		cluster + "enableRBAC":                                     {true, false},
		cluster + "diskEncryptionSetID":                            {"/a", network(DiskEncryptionSetType)},
		cluster + "networkProfile.serviceCidr":                     text,
		cluster + "networkProfile.dnsServiceIP":                    text,
		cluster + "networkProfile.loadBalancerSku":                 {"basic", "standard"},
		cluster + "networkProfile.networkPlugin":                   {"azure", "kubenet"},
		cluster + "networkProfile.podCidr":                         text,
		cluster + "networkProfile.networkDataplane":                {"cilium", "azure"},
		cluster + "networkProfile.networkPolicy":                   {"azure", "calico"},
		cluster + "apiServerAccessProfile.enablePrivateCluster":    truth,
		cluster + "apiServerAccessProfile.privateDNSZone":          {"none", "system"},
		cluster + "apiServerAccessProfile.enableVnetIntegration":   {true, false},
		cluster + "linuxProfile.adminUsername":                     text,
		cluster + "windowsProfile.adminUsername":                   text,
		cluster + "oidcIssuerProfile.enabled":                      {true, false},
		pool + "vmSize":                                            {"Standard_D8ds_v5", "Standard_D4ds_v5"},
		pool + "vnetSubnetID":                                      {"/a", network(VirtualNetworkType) + "/subnets/nodes"},
		pool + "podSubnetID":                                       {"/a", network(VirtualNetworkType) + "/subnets/nodes"},
		pool + "osType":                                            {"Linux", "Windows"},
		pool + "osDiskSizeGB":                                      {64.0, 128.0},
		pool + "osDiskType":                                        {"Managed", "Ephemeral"},
		pool + "maxPods":                                           {30.0, 60.0},
		pool + "availabilityZones":                                 {[]any{"1"}, []any{"2"}},
		pool + "type":                                              {"VirtualMachineScaleSets", "AvailabilitySet"},
		pool + "gpuInstanceProfile":                                {"MIG1g", "MIG2g"},
		pool + "capacityReservationGroupID":                        {"/a", network(CapacityReservationGroupType)},
		pool + "hostGroupID":                                       {"/a", network(HostGroupType)},
		pool + "proximityPlacementGroupID":                         {"/a", network(ProximityPlacementGroupType)},
		pool + "scaleSetPriority":                                  {"Regular", "Spot"},
		SubnetType + " properties.addressPrefix":                   {"10.224.0.0/22", "10.224.8.0/22"},
		PublicIPAddressType + " zones":                             {[]any{"1"}, nil},
		PublicIPAddressType + " sku.name":                          {"Standard", "Basic"},
		PublicIPAddressType + " properties.publicIPAddressVersion": {"IPv6", "IPv4"},
		PublicIPPrefixType + " zones":                              {[]any{"1"}, nil},
		PublicIPPrefixType + " properties.prefixLength":            {28.0, 30.0},
		NatGatewayType + " zones":                                  {[]any{"1"}, []any{"2"}},
		VirtualNetworkLinkType + " properties.virtualNetwork.id":   {"/a", network(VirtualNetworkType)},
		DiskType + " properties.creationData":                      {map[string]any{"createOption": "Copy"}, map[string]any{"createOption": "Empty"}},
		StorageAccountType + " properties.isHnsEnabled":            truth,
		StorageAccountType + " properties.isNfsV3Enabled":          truth,
		VaultType + " properties.softDeleteRetentionInDays":        {90.0, 7.0},
		VaultType + " properties.enableSoftDelete":                 {true, false},
	}
	sameKeys(t, rowsOf(fixedProperties, func(row fixedProperty) string { return row.on + " " + row.path }), cases)
	for i, row := range fixedProperties {
		t.Run(row.on+" "+row.path, func(t *testing.T) {
			value := cases[row.on+" "+row.path]
			c, id := existing(t, row.on)
			c.MustSeedSubnet("home", "first", "nodes")
			for _, other := range []string{DiskEncryptionSetType, CapacityReservationGroupType, HostGroupType, ProximityPlacementGroupType} {
				c.MustSeed(network(other), nil)
			}
			if row.while != nil { // somebody uses it
				c.MustSeed(ID("home", privateEndpointType, "user"), map[string]any{"properties": map[string]any{"subnet": map[string]any{"id": id}}})
			}
			if err := c.Modify(id, func(body map[string]any) { plantValue(body, row.path, value.was) }); err != nil {
				t.Fatal(err)
			}
			body := plainBody(row.on)
			if strings.Contains(row.path, "linuxProfile") { // needs a key beside the name
				plantValue(body, "properties.linuxProfile.ssh.publicKeys[].keyData", "ssh-rsa AAAA")
			}
			if value.is != nil {
				plantValue(body, row.path, value.is)
			}
			code := row.code
			if code == "" {
				code = CodePropertyChangeNotAllowed
			}
			decides(t, &fixedProperties, i, func() *Error { return putCode(t, c, id, body) }, code, row.path, row.source)
		})
	}
}

func TestWhatMayChangeAllTheSame(t *testing.T) {
	network := func(values map[string]any) map[string]any {
		return map[string]any{"properties": map[string]any{"networkProfile": values}}
	}
	access := func(values map[string]any) map[string]any {
		return map[string]any{"properties": map[string]any{"apiServerAccessProfile": values}}
	}
	type object = map[string]any
	cases := []struct {
		name, reason string
		was, is      object
	}{
		{"kubenet to overlay", "an upgrade that AKS documents", network(object{"networkPlugin": "kubenet", "podCidr": "10.244.0.0/16"}),
			network(object{"networkPlugin": "azure", "networkPluginMode": "overlay", "podCidr": "10.245.0.0/16"})},
		{"flat to overlay", "pods get addresses of their own", network(object{"networkPlugin": "azure"}),
			network(object{"networkPlugin": "azure", "networkPluginMode": "overlay", "podCidr": "10.244.0.0/16"})},
		{"to Cilium", "the data plane and the policy engine are upgraded", network(object{"networkDataplane": "azure", "networkPolicy": "calico"}),
			network(object{"networkDataplane": "cilium", "networkPolicy": "cilium"})},
		{"policy off", "an engine can be removed", network(object{"networkPolicy": "azure"}), network(object{"networkPolicy": "none"})},
		{"policy on", "and installed", network(object{}), network(object{"networkPolicy": "calico"})},
		{"letter case", "enums have none", network(object{"networkPlugin": "Azure"}), network(object{"networkPlugin": "azure"})},
		{"zone to none", "AKS lets go of it", access(object{"privateDNSZone": "system"}), access(object{"privateDNSZone": "none"})},
		{"integration on", "an upgrade", access(object{}), access(object{"enableVnetIntegration": true})},
		{"issuer on", "it can be enabled later", object{"properties": object{}}, object{"properties": object{"oidcIssuerProfile": object{"enabled": true}}}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if err := checkMerged(ManagedClusterType, tc.was, tc.is); err != nil {
				t.Errorf("%s: %v", tc.reason, err)
			}
		})
	}
}

func TestReferencesStayInTheirRegion(t *testing.T) {
	gateway, firewall := "properties.gatewayIPConfigurations[]", "properties.ipConfigurations[]"
	balancer := ManagedClusterType + " networkProfile.loadBalancerProfile."
	cases := map[string]string{ // what is referred to
		SubnetType + " properties.routeTable.id":                                                        RouteTableType,
		SubnetType + " properties.natGateway.id":                                                        NatGatewayType,
		SubnetType + " properties.networkSecurityGroup.id":                                              NetworkSecurityGroupType,
		NatGatewayType + " properties.publicIpAddresses[].id":                                           PublicIPAddressType,
		NatGatewayType + " properties.publicIpPrefixes[].id":                                            PublicIPPrefixType,
		PublicIPAddressType + " properties.publicIPPrefix.id":                                           PublicIPPrefixType,
		ApplicationGatewayType + " " + gateway + ".properties.subnet.id":                                SubnetType,
		ApplicationGatewayType + " properties.frontendIPConfigurations[].properties.publicIPAddress.id": PublicIPAddressType,
		privateEndpointType + " properties.subnet.id":                                                   SubnetType,
		firewallType + " " + firewall + ".properties.subnet.id":                                         SubnetType,
		firewallType + " " + firewall + ".properties.publicIPAddress.id":                                PublicIPAddressType,
		DiskType + " properties.encryption.diskEncryptionSetId":                                         DiskEncryptionSetType,
		ManagedClusterType + " diskEncryptionSetID":                                                     DiskEncryptionSetType,
		ManagedClusterType + " apiServerAccessProfile.subnetId":                                         SubnetType,
		balancer + "outboundIPs.publicIPs[].id":                                                         PublicIPAddressType,
		balancer + "outboundIPPrefixes.publicIPPrefixes[].id":                                           PublicIPPrefixType,
		AgentPoolType + " vnetSubnetID":                                                                 SubnetType,
		AgentPoolType + " podSubnetID":                                                                  SubnetType,
		AgentPoolType + " nodePublicIPPrefixID":                                                         PublicIPPrefixType,
		AgentPoolType + " proximityPlacementGroupID":                                                    ProximityPlacementGroupType,
		AgentPoolType + " capacityReservationGroupID":                                                   CapacityReservationGroupType,
		AgentPoolType + " hostGroupID":                                                                  HostGroupType,
		DataCollectionRuleType + " properties.destinations.logAnalytics[].workspaceResourceId":          WorkspaceType,
	}
	sameKeys(t, rowsOf(sameRegions, func(row sameRegion) string { return row.on + " " + row.path }), cases)
	for i, row := range sameRegions {
		t.Run(row.on+" "+row.path, func(t *testing.T) {
			for _, where := range []string{home, abroad} {
				refer := func() *Error { return referTo(t, row, cases[row.on+" "+row.path], where) }
				if where == home {
					if refusal := refer(); refusal != nil && strings.Contains(refusal.Message, "same region") {
						t.Errorf("the target is in the region: %v", refusal)
					}
					continue
				}
				code := row.code
				if code == "" {
					code = CodeInvalidResourceReference
				}
				decides(t, &sameRegions, i, refer, code, row.path, row.source)
			}
		})
	}
}

// referTo puts a resource at home that refers to one somewhere.
func referTo(t *testing.T, row sameRegion, target, where string) *Error {
	t.Helper()
	c := New()
	c.MustSeedCluster("home", "thinga", nil)
	c.MustSeed(thing("target", VirtualNetworkType), map[string]any{"location": where, "properties": map[string]any{
		"addressSpace": map[string]any{"addressPrefixes": []any{"10.32.0.0/12"}}}})
	there := map[string]any{}
	if target != SubnetType {
		there["location"] = where
	}
	id := c.MustSeed(thing("target", target), there)
	c.MustSeed(thing("home", VirtualNetworkType), nil)
	body, path := plainBody(row.on), row.path
	if row.on == ManagedClusterType || row.on == AgentPoolType {
		path = "properties." + path
	}
	plantValue(body, path, id)
	return putCode(t, c, thing("home", row.on), body)
}

func TestLocationsAreRegions(t *testing.T) {
	c := New(WithRegions("Moon North"))
	c.MustSeed(GroupID(DefaultSubscriptionID, "home"), nil)
	table, zone := ID("home", RouteTableType, "t"), ID("home", PrivateDNSZoneType, "shop.example")
	cases := []struct{ name, reason, id, location, code string }{
		{"no region", "there is no such region", table, "westeurop", CodeLocationNotAvailable},
		{"global table", "route tables are somewhere", table, "global", CodeLocationNotAvailable},
		{"added", "WithRegions adds it", table, "moonnorth", ""},
		{"zone in a region", "zones are everywhere", zone, home, CodeLocationNotAvailable},
		{"global zone", "in any letter case", zone, "Global", ""},
		{"group", "groups are in a region too", GroupID(DefaultSubscriptionID, "other"), "nowhere", CodeLocationNotAvailable},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			refusal := putCode(t, c, tc.id, map[string]any{"location": tc.location})
			if tc.code == "" && refusal != nil || tc.code != "" && (refusal == nil || refusal.Code != tc.code) {
				t.Errorf("%s: got %v, want %q", tc.reason, refusal, tc.code)
			}
		})
	}
	for _, global := range globalTypes {
		cloud := New()
		cloud.MustSeed(GroupID(DefaultSubscriptionID, "home"), nil)
		if global == VirtualNetworkLinkType {
			cloud.MustSeed(thing("home", PrivateDNSZoneType), nil)
		}
		wantCode(t, putCode(t, cloud, thing("home", global), plainInRegion(global)), CodeLocationNotAvailable, "location", global)
	}
	if len(globalTypes) != 3 {
		t.Errorf("%d types are global, three are tested", len(globalTypes))
	}
}

func plainInRegion(resourceType string) map[string]any {
	body := plainBody(resourceType)
	body["location"] = home
	return body
}

func TestWhatMustBeAroundAResource(t *testing.T) {
	type object = map[string]any
	basic := object{"sku": object{"name": "Basic"}}
	standard := func() object { return plainBody(PublicIPAddressType) }
	with := func(body object, path string, value any) object {
		plantValue(body, path, value)
		return body
	}
	cases := map[string]func(c *Cloud) (id string, body object){
		"IPv4BasicSkuPublicIpCountLimitReached": func(*Cloud) (string, object) {
			return ID("home", PublicIPAddressType, "new"), object{"location": home}
		},
		"StandardSkuPublicIPAddressesMustBeStatic": func(*Cloud) (string, object) {
			return ID("home", PublicIPAddressType, "new"), with(standard(), "properties.publicIPAllocationMethod", "Dynamic")
		},
		CodeInvalidRequestFormat: func(c *Cloud) (string, object) {
			old := c.MustSeed(ID("home", PublicIPAddressType, "old"), basic)
			return ID("home", NatGatewayType, "gateway"), with(plainBody(NatGatewayType), "properties.publicIpAddresses[].id", old)
		},
		"InvalidLoadBalancerProfileOutboundIPs": func(c *Cloud) (string, object) {
			old := c.MustSeed(ID("home", PublicIPAddressType, "old"), basic)
			path := "properties.networkProfile.loadBalancerProfile.outboundIPs.publicIPs[].id"
			return ID("home", ManagedClusterType, "cluster"), with(plainBody(ManagedClusterType), path, old)
		},
		CodeSubnetIsDelegated: func(c *Cloud) (string, object) {
			nodes := c.MustSeed(ID("home", SubnetType, "vnet", "nodes"), object{"properties": object{"delegations": []any{
				object{"name": "d", "properties": object{"serviceName": "Microsoft.Web/serverFarms"}}}}})
			return ID("home", AgentPoolType, "thinga", "more"), with(plainBody(AgentPoolType), "properties.vnetSubnetID", nodes)
		},
		"NetcfgInvalidSubnet": func(c *Cloud) (string, object) {
			c.MustSeedSubnet("home", "vnet", "nodes")
			return ID("home", VirtualNetworkType, "vnet"),
				with(plainBody(VirtualNetworkType), "properties.addressSpace.addressPrefixes", []any{"192.168.0.0/16"})
		},
		CodeBadRequest: func(*Cloud) (string, object) {
			return ID("home", VaultType, "secrets"), with(plainBody(VaultType), "properties.enablePurgeProtection", false)
		},
	}
	sameKeys(t, rowsOf(topology, func(row need) string { return row.code }), cases)
	for i, row := range topology {
		t.Run(row.on+" "+row.code, func(t *testing.T) {
			c := New()
			c.MustSeedCluster("home", "thinga", nil)
			id, body := cases[row.code](c)
			decides(t, &topology, i, func() *Error { return putCode(t, c, id, body) }, row.code, row.path, row.source)
		})
	}
}

func TestGlobalNamesAreTakenOnce(t *testing.T) {
	label := plainBody(PublicIPAddressType)
	plantValue(label, "properties.dnsSettings.domainNameLabel", "shop")
	cases := map[string]map[string]any{
		RegistryType: plainBody(RegistryType), StorageAccountType: plainBody(StorageAccountType), VaultType: plainBody(VaultType),
		PublicIPAddressType: label,
	}
	sameKeys(t, rowsOf(globalNames, func(row globalName) string { return row.on }), cases)
	for i, row := range globalNames {
		t.Run(row.on, func(t *testing.T) {
			c := New()
			c.AddSubscription("11111111-0000-4000-8000-000000000000")
			c.MustSeed(IDIn("11111111-0000-4000-8000-000000000000", "theirs", row.on, "taken01"), cloneObject(cases[row.on]))
			c.MustSeed(GroupID(DefaultSubscriptionID, "home"), nil)
			put := func() *Error { return putCode(t, c, ID("home", row.on, "taken01"), cloneObject(cases[row.on])) }
			decides(t, &globalNames, i, put, row.code, "", row.source)
			if row.on != PublicIPAddressType { // whose label is the name
				if refusal := putCode(t, c, ID("home", row.on, "free01"), cloneObject(cases[row.on])); refusal != nil {
					t.Errorf("another name is free: %v", refusal)
				}
			}
		})
	}
	c := New()
	c.MustSeed(ID("home", PublicIPAddressType, "first"), cloneObject(label))
	label["location"] = abroad
	if refusal := putCode(t, c, ID("home", PublicIPAddressType, "second"), label); refusal != nil {
		t.Errorf("labels are unique in their region: %v", refusal)
	}
}

func TestReservedLabelsAreRefused(t *testing.T) {
	cases := map[string][]string{
		"aks":        {"kubernetes.azure.com/mode", "Kubernetes.Azure.com/x", "x.kubernetes.azure.com/y", "kubernetes.azure.com/scalesetpriority"},
		"kubernetes": {"node-role.kubernetes.io/eos", "node-restriction.kubernetes.io/mvis", "kubernetes.io/os", "topology.kubernetes.io/zone", "k8s.io/x"},
		"system":     {"agentpool", "StorageProfile", "storagetier", "accelerator", "node.kubernetes.io/instance-type"},
	}
	sameKeys(t, rowsOf(reservedLabels, func(row reservedLabel) string { return row.name }), cases)
	labelled := func(label string) *Error {
		c, _ := existing(t, ManagedClusterType)
		body := plainBody(AgentPoolType)
		plantValue(body, "properties.nodeLabels", map[string]any{label: "x"})
		return putCode(t, c, ID("home", AgentPoolType, "thinga", "more"), body)
	}
	for i, row := range reservedLabels {
		for _, label := range cases[row.name] {
			put := func() *Error { return labelled(label) }
			decides(t, &reservedLabels, i, put, CodeBadRequest, "agentPoolProfile.nodeLabels", label)
		}
	}
	for _, label := range []string{"team", "example.com/team", "node.kubernetes.io/lifecycle", "kubelet.kubernetes.io/x", "mykubernetes.io/x"} {
		if refusal := labelled(label); refusal != nil {
			t.Errorf("%s is free: %v", label, refusal)
		}
	}
}

func TestTheLabelOfSpotPoolsCanBeSaid(t *testing.T) {
	c, _ := existing(t, ManagedClusterType)
	body := plainBody(AgentPoolType)
	plantValue(body, "properties.mode", "User")
	plantValue(body, "properties.scaleSetPriority", "Spot")
	plantValue(body, "properties.nodeLabels", map[string]any{"kubernetes.azure.com/scalesetpriority": "spot"})
	if refusal := putCode(t, c, ID("home", AgentPoolType, "thinga", "spot"), body); refusal != nil {
		t.Error(refusal)
	}
}

func TestDeletedNamesAreKept(t *testing.T) {
	cases := map[string]map[string]any{VaultType: plainBody(VaultType), WorkspaceType: plainBody(WorkspaceType)}
	sameKeys(t, rowsOf(softDeletes, func(row softDelete) string { return row.on }), cases)
	for i, row := range softDeletes {
		t.Run(row.on, func(t *testing.T) {
			put := func() *Error {
				c := New()
				c.MustSeed(GroupID(DefaultSubscriptionID, "other"), nil)
				id := c.MustSeed(ID("home", row.on, "kept01"), cloneObject(cases[row.on]))
				if _, err := c.Delete(context.Background(), id); err != nil {
					t.Fatal(err)
				}
				return putCode(t, c, ID("other", row.on, "kept01"), cloneObject(cases[row.on]))
			}
			decides(t, &softDeletes, i, put, row.code, "", row.source)
		})
	}
}
