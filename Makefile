# The few things one does here. `make` alone lists them.

SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# The order of `make check` is the order of its log, also with -j.
.NOTPARALLEL:

# How long each fuzz function runs, and how often each benchmark.
FUZZTIME ?= 30s
BENCHTIME ?= 1s

# Modules of their own, so that importing users do not download what they need.
NESTED = tools tests/browser tests/clients tests/gosdk tests/kubelogin cmd/aksid

# Functions that rewrite golden files look at this flag: make golden.
GOLDEN_PACKAGES = $$(grep -rl --include='*_test.go' 'flag.Bool("update"' . | xargs -r -n1 dirname | sort -u)

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z\/-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: ## show clusters, grants and proofs in a simulated Azure, with the real Pulumi engine (half a minute)
	@cli=$$(scripts/pulumi-cli.sh) || exit 1; \
	echo "Compiling the demo (about 2 minutes the first time)." >&2; \
	go build -buildvcs=false -o bin/demo ./cmd/demo || exit 1; \
	$(MAKE) bin/aksid || exit 1; \
	PULUMI_BIN="$$cli" AKSID_BIN=bin/aksid exec bin/demo

# It shows who may do what in a stack: docs/aksid.md.
.PHONY: bin/aksid
bin/aksid:
	@cd cmd/aksid && GOWORK=off go build -buildvcs=false -o ../../bin/aksid .

# The CLI tests are behind the build tag `cli`, so that a plain `go test ./...` needs no CLI. The examples come first, in all languages, and
# note what was done with each; the table is printed from that, and go test takes their results from its cache afterwards. The summary of
# `go test` comes last, for people and for CI.
.PHONY: test
test: bin/pulumi-language-yaml ## run all tests, the lifecycle through the real Pulumi CLI included
	@cli=$$(scripts/pulumi-cli.sh) || exit 1; \
	export PULUMI_BIN="$$cli"; \
	(cd tools && GOWORK=off go test ./...) || exit 1; \
	(cd tests/clients && GOWORK=off go test -v ./...) || exit 1; \
	(cd tests/gosdk && GOWORK=off go test ./...) || exit 1; \
	(cd cmd/aksid && GOWORK=off go test -tags cli ./...) || exit 1; \
	(cd tests/kubelogin && GOWORK=off go test ./...) || exit 1; \
	if command -v az >/dev/null; then $(MAKE) test-az || exit 1; else echo "test-az is left out: there is no az"; fi; \
	echo "test-browser is left out: it needs a Chromium; make test-browser runs it"; \
	AKSID_LANGUAGES=$$(mktemp -d); export AKSID_LANGUAGES; trap 'rm -rf "$$AKSID_LANGUAGES"' EXIT; \
	go test -timeout 30m -tags cli ./tests/languages/... ./examples/...; status=$$?; \
	go run ./tests/languages/table "$$AKSID_LANGUAGES" examples || exit 1; [ $$status -eq 0 ] || exit $$status; \
	go test -timeout 30m -tags cli ./...

# Debian's azure-cli 2.45: apt-get install azure-cli. On a busy machine each of its commands takes several times as long as on an idle
# one, so there is more time than the ten minutes of go test.
.PHONY: test-az
test-az: ## let the Azure CLI deploy into the simulated Azure (needs az; 3 minutes)
	@go test -tags az -v -count=1 -timeout 40m ./tests/az

# Debian's Chromium: apt-get install chromium. What is looked at is built first.
.PHONY: test-browser
test-browser: docs bin/aksid ## open aksid's pages and the documentation in headless Chromium, and measure them (needs chromium, node, npm; 5 minutes)
	@cd tests/browser && GOWORK=off go test -v -count=1 -timeout 40m ./...

.PHONY: differential
differential: ## compare the real provider azure-native with our imitation of it (needs its plugin, and Linux)
	@plugin=$$(scripts/azure-native-plugin.sh) || exit 1; \
	AZURE_NATIVE_PLUGIN="$$plugin" go test -tags differential -v -count=1 -timeout 1h -run TestTheRealProvider ./tests/differential

# It makes nothing without AKSID_AZURE=yes: go doc ./tests/clients/azure
.PHONY: test-azure
test-azure: bin/test-azure ## compare a real Azure with the simulated one; names its cost first (needs a subscription)
	@bin/test-azure

.PHONY: clean-azure
clean-azure: bin/test-azure ## remove what killed runs of test-azure left in the subscription
	@bin/test-azure clean

# A program of its own, not `go run`: an interrupt has to reach it, so that it removes what it made.
.PHONY: bin/test-azure
bin/test-azure:
	@cd tests/clients && GOWORK=off go build -buildvcs=false -o ../../bin/test-azure ./azure

# A row of plan.Retirements() turns from a warning into a refusal on its day, and no test may fail on that day.
.PHONY: test-later
test-later: ## run the tests that may ask what day it is on the day three years from now
	@scripts/later.sh 3

.PHONY: matrix
matrix: ## break reference deployments at every operation, in every way: thousands of cases (an hour); make test runs a sample
	@AKSID_MATRIX=all go test -v -count=1 -timeout 6h -run Matrix ./tests/matrix

.PHONY: lint
lint: bin/golangci-lint bin/actionlint ## run the linters
	@bin/actionlint -shellcheck= -pyflakes= # the same everywhere, whatever else is installed
	@bin/golangci-lint run --allow-parallel-runners ./...
	@root=$$PWD; for module in $(NESTED); do (cd $$module && GOWORK=off $$root/bin/golangci-lint run --allow-parallel-runners ./...) || exit 1; done

.PHONY: check
check: lint vet fmt-check generated-check test ## lint, vet, format, generated files, tests: what must pass before a change is sent

.PHONY: vet
vet:
	@go vet ./...
	@go vet -tags cli ./...
	@go vet -tags az ./tests/az
	@go vet -tags differential ./tests/differential
	@go vet -tags upgrade ./tests/upgrade
	@cd cmd/aksid && GOWORK=off go vet -tags cli ./...
	@for module in $(NESTED); do (cd $$module && GOWORK=off go vet ./...) || exit 1; done
	@cd sdk/go/aksidentity && GOWORK=off go list -deps ./... >/dev/null # its go.mod and go.sum are complete; tests/gosdk compiles it

.PHONY: fmt-check
fmt-check:
	@unformatted=$$(find . -name '*.go' -not -path './.*' -exec gofmt -l {} +); \
	if [ -n "$$unformatted" ]; then echo "gofmt -w these files:" $$unformatted >&2; exit 1; fi

.PHONY: generated-check
generated-check:
	@scripts/generated-check.sh

.PHONY: generate
generate: ## write the generated files again
	@go generate ./...
	@cd tools && GOWORK=off go generate ./...

# A link that leads nowhere fails it: docs/decisions/0014-the-site.md.
.PHONY: docs
docs: ## build the documentation as a site into bin/site (needs node and npm; a minute)
	@scripts/site.sh
	@echo "bin/site/index.html is the start page. To look at it: python3 -m http.server --directory bin/site 8000"

# The one for Go is a module that users `go get`, so it is in the repository; the others are made when somebody wants them.
.PHONY: sdks
sdks: ## generate the SDKs for Go, TypeScript and Python into sdk/
	@for language in go nodejs python; do \
		go run ./internal/sdks/gensdk -language $$language -out sdk/$$language || exit 1; \
	done

.PHONY: dist
dist: ## build the plugin for all platforms into dist/, with checksums; the same source gives the same bytes
	@cd tools && GOWORK=off go run ./dist -version "$$(cat ../VERSION)" -out ../dist

.PHONY: schema-breaks
schema-breaks: ## list what the schema takes from users since the last release; fails unless VERSION announces it
	@cd tools && GOWORK=off go run ./schemabreaks

.PHONY: golden
golden: bin/pulumi-language-yaml ## rewrite the golden files; look at the difference before you commit it
	@cli=$$(scripts/pulumi-cli.sh) || exit 1; export PULUMI_BIN="$$cli"; \
	for package in $(GOLDEN_PACKAGES); do (cd "$$package" && go test -tags cli . -update) || exit 1; done

.PHONY: bench
bench: ## run the benchmarks
	@go test -run '^$$' -bench . -benchmem -benchtime $(BENCHTIME) ./...

.PHONY: fuzz
fuzz: ## run each fuzz function for FUZZTIME (30s)
	@FUZZTIME=$(FUZZTIME) scripts/fuzz.sh

# Changes to some files only, for example: make mutants MUTANTS='-only plan/'
.PHONY: mutants
mutants: bin/gremlins ## change the code in small ways and see whether tests notice (a quarter of an hour)
	@cd tools && GOWORK=off go run ./mutants $(MUTANTS)

.PHONY: import-cost
import-cost: ## measure what a program that imports us has to download (needs the module proxy)
	@scripts/import-cost.sh

.PHONY: build
build: ## compile everything and put our programs into bin/
	@go build ./...
	@for program in $$(go list -f '{{if eq .Name "main"}}{{.ImportPath}}{{end}}' ./cmd/...); do \
		go build -buildvcs=false -o bin/ "$$program" || exit 1; \
	done
	@$(MAKE) bin/aksid

bin/golangci-lint: tools/go.mod scripts/build-tool.sh
	@scripts/build-tool.sh golangci-lint

bin/actionlint: tools/actionlint/go.mod scripts/build-tool.sh
	@scripts/build-tool.sh actionlint

bin/gremlins: tools/gremlins/go.mod scripts/build-tool.sh
	@scripts/build-tool.sh gremlins

bin/pulumi: tools/go.mod scripts/build-tool.sh
	@scripts/build-tool.sh pulumi

bin/pulumi-language-yaml: tools/yaml/go.mod scripts/build-tool.sh
	@scripts/build-tool.sh pulumi-language-yaml

# The ordinary tests do the same with the recording in tests/upgrade/testdata.
.PHONY: test-upgrade
test-upgrade: ## upgrade the examples from the previous version, built from git, and list what changes (5 minutes)
	@scripts/record-previous.sh .cache/previous.json.gz
	@go test -tags upgrade -v -count=1 ./tests/upgrade -previous "$$PWD/.cache/previous.json.gz"

.PHONY: record-previous
record-previous: ## record what the version in tests/upgrade/previous.txt deploys, for the tests of upgrades (3 minutes)
	@scripts/record-previous.sh tests/upgrade/testdata/previous.json.gz

.PHONY: clean
clean: ## remove what was built, and what npm downloaded
	@rm -rf bin dist sdk/nodejs sdk/python .cache/npm
