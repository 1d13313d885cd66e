package tests

import (
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/pulumi/pulumi-azure-native-sdk/authorization/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// BenchmarkGrants takes a VnetDelegation through its life and, in the same run, a hand-written program that makes the same
// role assignments with the bare SDK. It reports, for each operation, how many times as long the component takes (ratio) and
// how many times as much it allocates (mem), and the component's own time. The engine and the simulated Azure are in both.
func BenchmarkGrants(b *testing.B) {
	for _, n := range []int{1, 10, 100, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			rivals := []*rival{newRival(b, n, withComponent), newRival(b, n, byHand)}
			for i := 0; b.Loop(); i++ {
				// Whoever goes second finds a warm machine, so they take turns.
				for j := range rivals {
					rivals[(i+j)%2].live(b)
				}
			}
			ours, theirs := rivals[0], rivals[1]
			for _, op := range operations {
				b.ReportMetric(float64(ours.time(op))/float64(theirs.time(op)), op+"-ratio")
				b.ReportMetric(float64(ours.memory(op))/float64(theirs.memory(op)), op+"-mem")
				b.ReportMetric(float64(ours.time(op).Microseconds())/1000, op+"-ms")
			}
		})
	}
}

var operations = []string{"preview", "up", "again", "destroy"}

// rival is one of the two programs with its own cloud, and what its operations took.
type rival struct {
	stack   *simtest.Stack
	times   map[string][]time.Duration
	amounts map[string][]uint64
}

func newRival(b *testing.B, n int, program func(principal string, disks []string) pulumi.RunFunc) *rival {
	b.Helper()
	cloud := azuresim.New()
	disks := make([]string, n)
	for i := range disks {
		disks[i] = cloud.MustSeed(azuresim.ID("disks", azuresim.DiskType, fmt.Sprintf("disk%d", i)), nil)
	}
	principal := cloud.MustSeedIdentity("identities", "cluster").PrincipalID
	return &rival{
		stack: simtest.New(b, program(principal, disks), simtest.WithCloud(cloud)),
		times: map[string][]time.Duration{}, amounts: map[string][]uint64{},
	}
}

func (r *rival) live(b *testing.B) {
	b.Helper()
	for _, op := range operations {
		run := r.stack.Up
		switch op {
		case "preview":
			run = r.stack.Preview
		case "destroy":
			run = r.stack.Destroy
		}
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		start := time.Now()
		result := run()
		took := time.Since(start)
		runtime.ReadMemStats(&after)
		if result.Err != nil {
			b.Fatal(result.Explain())
		}
		r.times[op] = append(r.times[op], took)
		r.amounts[op] = append(r.amounts[op], after.TotalAlloc-before.TotalAlloc)
	}
}

// time is the shortest that an operation took: whatever else the machine does only makes it longer.
func (r *rival) time(op string) time.Duration { return slices.Min(r.times[op]) }

func (r *rival) memory(op string) uint64 { return slices.Min(r.amounts[op]) }

func withComponent(principal string, disks []string) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		args := &components.VnetDelegationArgs{PrincipalID: pulumi.String(principal), DiskIDs: ids{}}
		for i, disk := range disks {
			args.DiskIDs[fmt.Sprintf("disk%d", i)] = pulumi.String(disk)
		}
		_, err := components.NewVnetDelegation(ctx, "delegation", args)
		return err
	}
}

// byHand is what somebody writes who knows about names and principal types.
func byHand(principal string, disks []string) pulumi.RunFunc {
	role, _ := rbac.BuiltinRole(rbac.VirtualMachineContributor)
	return func(ctx *pulumi.Context) error {
		for i, disk := range disks {
			scope := rbac.MustParseScope(disk)
			_, err := authorization.NewRoleAssignment(ctx, fmt.Sprintf("disk%d", i), &authorization.RoleAssignmentArgs{
				RoleAssignmentName: pulumi.StringPtr(rbac.AssignmentName(scope, principal, role.ID)),
				PrincipalId:        pulumi.String(principal),
				PrincipalType:      pulumi.StringPtr("ServicePrincipal"),
				RoleDefinitionId:   pulumi.String(role.ID.DefinitionID(scope.SubscriptionID())),
				Scope:              pulumi.String(disk),
				Description:        pulumi.StringPtr("attach and detach the disk"),
			})
			if err != nil {
				return err
			}
		}
		return nil
	}
}
