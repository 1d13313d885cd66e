package components

import "github.com/aksidentity/pulumi-aksidentity/plan"

// AdoptArgs say which role assignments a component takes over that exist already.
type AdoptArgs struct {
	// Assignments that exist under the names that the component gives. Default: none. It can stay, and it can go once they are taken
	// over; neither changes anything. One that has another name is taken over by adoptedAssignments.
	Assignments Adoption `pulumi:"assignments,optional"`
}

// AdoptClusterArgs say what a cluster component takes over that exists already.
type AdoptClusterArgs struct {
	// Cluster takes over the cluster that clusterName and resourceGroupName name, with the pools that the arguments describe.
	// What the arguments say has to be true of it, or the deployment is refused, at preview, with what to say instead. What they do
	// not say stays as it is, also where the component has a default of its own. Nothing is sent to Azure. It can stay, and it can
	// go once the cluster is taken over, when the stack has an output; neither changes anything.
	Cluster bool `pulumi:"cluster,optional"`
	// Assignments that exist under the names that the component gives. Default: none. It can stay, and it can go once they are taken
	// over; neither changes anything. One that has another name is taken over by adoptedAssignments.
	Assignments Adoption `pulumi:"assignments,optional"`
}

func (a *AdoptArgs) shape() plan.Adopt {
	if a == nil {
		return plan.Adopt{}
	}
	return plan.Adopt{Assignments: a.Assignments}
}

func (a *AdoptClusterArgs) shape() plan.Adopt {
	if a == nil {
		return plan.Adopt{}
	}
	return plan.Adopt{Cluster: a.Cluster, Assignments: a.Assignments}
}
