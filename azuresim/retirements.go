package azuresim

import (
	"strings"
	"time"
)

// retirement is something that AKS makes no more from a day on; what has it goes on.
type retirement struct {
	name string
	// day is the first without it, in UTC.
	day time.Time
	// chosen tells whether an operation makes it anew. The pool is nil where the cluster itself is asked about.
	chosen func(v *clusterView, pool *poolView) bool
	// source with the day of reading.
	source string
}

// retirements are those after which AKS says that nothing new is made. That support ends is not among them: application routing with
// NGINX, Open Service Mesh, the azure policy engine and legacy authentication of Container Insights are taken after their days, because
// no source says that AKS refuses them. The code of the refusals is not verified.
var retirements = []retirement{
	{"kubenet", day(2028, 3, 31), newKubenet, "azure-aks-docs kubenet-retirement.md, Azure/AKS#4859, read 2026-11-26"},
	{"Windows Server 2019", day(2026, 3, 1), newImage("Windows2019", 0), "AKS release notes of 2026-02-08, read 2026-11-26"},
	{"Windows Server 2022", day(2028, 6, 30), newImage("Windows2022", 0), "AKS release notes of 2026-06-19, read 2026-11-26"},
	{"Azure Linux 2.0", day(2026, 3, 31), newImage("AzureLinux", 32), "azure-aks-docs azure-linux-retirement.md, Azure/AKS#4988, read 2026-11-26: the images are removed"},
	{"Azure Linux 2.0", day(2026, 3, 31), newImage("CBLMariner", 32), "as AzureLinux, which CBLMariner is the former name of"},
	{"Ubuntu 22.04", day(2027, 6, 30), newImage("Ubuntu", 35), "azure-aks-docs ubuntu-22-04-retirement.md, read 2026-11-26"},
}

func day(year int, month time.Month, of int) time.Time {
	return time.Date(year, month, of, 0, 0, 0, 0, time.UTC)
}

func newKubenet(v *clusterView, pool *poolView) bool {
	return pool == nil && v.old == nil && v.network("networkPlugin") == "kubenet"
}

// newImage is a new pool with an image, below a minor version of Kubernetes; with 0 on every version.
func newImage(sku string, below int) func(*clusterView, *poolView) bool {
	return func(v *clusterView, pool *poolView) bool {
		if pool == nil || pool.old != nil || !strings.EqualFold(text(pool.props, "osSKU"), sku) {
			return false
		}
		return below == 0 || versionPart(v.versionOf(pool), 1) < below
	}
}

// versionOf is the version of Kubernetes that a pool is to have.
func (v *clusterView) versionOf(pool *poolView) string {
	asked := text(pool.props, "orchestratorVersion")
	if asked == "" {
		asked = text(v.props, "kubernetesVersion")
	}
	full, _ := v.c.resolveVersion(asked)
	return full
}

// poolRetired and checkRetired refuse what is new and retired.
func (v *clusterView) poolRetired(pool *poolView) *Error { return v.retired(pool) }

func (v *clusterView) checkRetired() *Error { return v.retired(nil) }

func (v *clusterView) retired(pool *poolView) *Error {
	if v.q.seeding {
		return nil
	}
	for _, r := range retirements {
		if r.chosen(v, pool) && !v.c.clock.Now().Before(r.day) {
			return badRequest(CodeInvalidParameter, "", "%s was retired on %s; nothing new is made with it.", r.name, r.day.Format(time.DateOnly))
		}
	}
	return nil
}
