package main

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
	"github.com/aksidentity/pulumi-aksidentity/report"
)

// world is the simulated Azure and what other teams made in it before the demo.
type world struct {
	cloud                           *azuresim.Cloud
	subnet, address, disk, registry string
	before                          []azuresim.Resource
}

func newWorld() *world {
	w := &world{cloud: azuresim.New()}
	w.subnet = w.cloud.MustSeedSubnet("network-team", "hub", "shop")
	w.address = w.cloud.MustSeed(azuresim.ID("addresses", azuresim.PublicIPAddressType, "web"), nil)
	w.disk = w.cloud.MustSeed(azuresim.ID("disks", azuresim.DiskType, "orders"), nil)
	w.registry = w.cloud.MustSeed(azuresim.ID("images", azuresim.RegistryType, "teamshop"), nil)
	w.before = w.cloud.Resources()
	return w
}

// settings are the configuration of both programs.
func (w *world) settings() map[string]string {
	return map[string]string{
		"location": azuresim.SeedLocation, "subnetId": w.subnet, "publicIpId": w.address, "diskId": w.disk, "registryId": w.registry,
	}
}

// question is what somebody who runs a cluster wants to know: may it do that?
type question struct {
	thing      string // what the target is
	does       string // "attach the disk"
	capability rbac.CapabilityID
	target     string
}

func (w *world) questions() []question {
	return []question{
		{"subnet", "make an internal load balancer in the subnet", "internal-lb-external-subnet", w.subnet},
		{"public IP address", "use the address for a Service", "lb-public-ip-other-rg", w.address},
		{"managed disk", "attach the disk", "disk-static-other-rg", w.disk},
		{"container registry", "pull images from the registry", "acr-pull-rbac", w.registry},
	}
}

// cluster is the only one there is.
func (w *world) cluster() (*azuresim.Cluster, error) {
	clusters := w.cloud.Clusters()
	if len(clusters) != 1 {
		return nil, fmt.Errorf("there should be one cluster, and there are %d", len(clusters))
	}
	return clusters[0], nil
}

// asItWas is an error that names every resource that came, went or changed.
func (w *world) asItWas() error {
	before, now := byID(w.before), byID(w.cloud.Resources())
	var differences []string
	for _, id := range slices.Sorted(maps.Keys(before)) {
		is, there := now[id]
		switch {
		case !there:
			differences = append(differences, report.Short(id)+" is gone")
		case !reflect.DeepEqual(before[id], is):
			differences = append(differences, report.Short(id)+" has changed")
		}
	}
	for _, id := range slices.Sorted(maps.Keys(now)) {
		if _, known := before[id]; !known {
			differences = append(differences, report.Short(id)+" is left behind")
		}
	}
	if len(differences) > 0 {
		return fmt.Errorf("Azure is not as it was: %s", strings.Join(differences, ", "))
	}
	return nil
}

func byID(resources []azuresim.Resource) map[string]azuresim.Resource {
	found := make(map[string]azuresim.Resource, len(resources))
	for _, r := range resources {
		found[r.ID] = r
	}
	return found
}
