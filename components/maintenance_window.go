package components

import (
	aks "github.com/pulumi/pulumi-azure-native-sdk/containerservice/v2/v20250101"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// maintenanceWindow is the window whose argument is at the path.
func (g *granter) maintenanceWindow(path plan.Path, w plan.Window) aks.MaintenanceWindowArgs {
	start := g.textOf(w.StartTime, func(text string) plan.Problems { return plan.Window{StartTime: plan.Known(text)}.Check(path) })
	offset := g.textOf(w.UTCOffset, func(text string) plan.Problems { return plan.Window{UTCOffset: plan.Known(text)}.Check(path) })
	hours := g.numberOf(w.DurationHours, func(n int) plan.Problems { return plan.Window{DurationHours: plan.Known(n)}.Check(path) })
	weeks := g.numberOf(w.IntervalWeeks, func(n int) plan.Problems { return plan.Window{IntervalWeeks: plan.Known(n)}.Check(path) })
	return aks.MaintenanceWindowArgs{
		DurationHours: hours, StartTime: start, UtcOffset: offset.ToStringOutput().ToStringPtrOutput(),
		Schedule: aks.ScheduleArgs{Weekly: aks.WeeklyScheduleArgs{DayOfWeek: pulumi.String(string(w.Day)), IntervalWeeks: weeks}},
	}
}
