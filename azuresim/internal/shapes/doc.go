// Package shapes judges ARM bodies by the models of Azure's own SDK for Go: names of properties, JSON types, enums, and what is
// required. shapes.json holds the models that the simulator's resource types reach, written by tools/armshapes; it names the
// modules, their versions, the day of their release and the API version of each type.
//
//	problems := shapes.Check("Microsoft.Network/publicIPAddresses", shapes.Request, body)
//	// problems[0]: properties.publicIPAllocationMetod: there is no such property; did you mean 'publicIPAllocationMethod'?
//
// Names are compared with regard to case, enum values without. A type without a model has no problems. The package knows
// nothing of patterns, of bounds of numbers and of what properties mean together.
package shapes
