package azuresim_test

import (
	"testing"
	"time"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// TestWhatIsRetiredIsNotMadeAnew: AKS refuses it for what is new from the day on, by the cloud's own clock, and lets what is there be.
func TestWhatIsRetiredIsNotMadeAnew(t *testing.T) {
	image := func(sku, version string) object {
		osType := "Linux"
		if sku == "Windows2019" || sku == "Windows2022" {
			osType = "Windows"
		}
		p := pool(object{"name": "new", "mode": "User", "osType": osType, "osSKU": sku})
		if version != "" {
			p["orchestratorVersion"] = version
		}
		change := pools(pool(nil), p)
		change["networkProfile"] = object{"networkPlugin": "azure"}
		if version != "" {
			change["kubernetesVersion"] = version
		}
		return change
	}
	for _, tc := range []struct {
		name, reason string
		last         string // the last day on which it is made
		change       object
	}{
		{"kubenet", "the capability to create goes", "2028-03-30", object{"networkProfile": object{"networkPlugin": "kubenet"}}},
		{"Windows Server 2019", "no new pools", "2026-02-28", image("Windows2019", "")},
		{"Windows Server 2022", "no new pools", "2028-06-29", image("Windows2022", "")},
		{"Azure Linux 2.0", "its images are removed", "2026-03-30", image("AzureLinux", "1.31")},
		{"CBLMariner", "it is the same", "2026-03-30", image("CBLMariner", "1.31")},
		{"Azure Linux 3.0", "goes on", "", image("AzureLinux", "1.32")},
		{"Ubuntu 22.04", "no new pools", "2027-06-29", image("Ubuntu", "1.34")},
		{"Ubuntu 24.04", "goes on", "", image("Ubuntu", "1.35")},
		{"application routing", "only its support ends", "", object{"ingressProfile": object{"webAppRouting": object{"enabled": true}}}},
		{"Open Service Mesh", "only its support ends", "", object{"addonProfiles": object{"openServiceMesh": object{"enabled": true}}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			last, err := time.Parse(time.DateOnly, tc.last)
			if tc.last == "" {
				last, err = time.Date(2032, 1, 1, 0, 0, 0, 0, time.UTC), nil
			}
			if err != nil {
				t.Fatal(err)
			}
			at := func(now time.Time) world { return newWorld(t, sim.WithClock(sim.NewSimulatedClock(now))) }
			w := at(last.Add(24*time.Hour - time.Second))
			w.must(clusterID, clusterBody(tc.change))
			if tc.last == "" {
				return
			}
			w.Clock().(*sim.SimulatedClock).Advance(time.Second)
			w.must(clusterID, clusterBody(tc.change)) // what is there goes on
			at(last.Add(24*time.Hour)).refused(clusterID, clusterBody(tc.change), sim.CodeInvalidParameter)
		})
	}
}
