package estate

import "strings"

// record is what a component of ours says about one grant, in its output grants or plannedGrants.
type record struct{ identity, role, on, reason string }

// records are those of all components.
type records struct {
	made    map[string]record // by the assignment's ID in lower case
	planned map[[2]string]record
}

func recordsOf(resources []Resource) records {
	all := records{made: map[string]record{}, planned: map[[2]string]record{}}
	for _, r := range resources {
		if r.Custom {
			continue
		}
		for _, one := range List(r.Outputs, "grants") {
			if id := Text(one, "assignmentId"); id != "" {
				all.made[strings.ToLower(id)] = recordOf(one)
			}
		}
		for _, one := range List(r.Outputs, "plannedGrants") {
			all.planned[[2]string{r.URN, Text(one, "name")}] = recordOf(one)
		}
	}
	return all
}

func recordOf(value any) record {
	return record{
		identity: Text(value, "identity"), role: Text(value, "role"), on: Text(value, "on"), reason: Text(value, "reason"),
	}
}

// of are the records of an assignment. Its name is that of its component, a hyphen, and that of the grant.
func (all records) of(r Resource) (made, planned record) {
	made = all.made[strings.ToLower(r.ID)]
	name, found := strings.CutPrefix(r.Name(), Resource{URN: r.Parent}.Name()+"-")
	if found {
		planned = all.planned[[2]string{r.Parent, name}]
	}
	return made, planned
}
