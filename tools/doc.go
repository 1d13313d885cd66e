// Package tools is the nested module of what only the development of this library needs: the Pulumi CLI and the linters,
// pinned in go.mod, and our own generators. Who imports the library never downloads any of it.
//
// scripts/build-tool.sh builds the programs into bin/; mutants looks what our tests notice. The generators run with
//
//	go generate ./...
package tools

//go:generate go run ./simschema -out ../azuresim/azurenative/schema.json
//go:generate go run ./armshapes -out ../azuresim/internal/shapes/shapes.json
