"""Lets Debian's azure-cli 2.45 assign roles and make networks.

Debian's packages pair the CLI with newer SDKs than it was written for (read in python3-azure 20230112 of Debian 12, 2026-11):

- azure-mgmt-authorization 3.0.0: as shipped every role assignment of `az aks` and `az role` fails with "object has no attribute
  'config'" (Azure/azure-cli issues 24959 and 26896). The SDK gets back what the CLI still uses: the attribute `config`, and the
  argument `custom_headers`, which is always None.
- azure-mgmt-network lacks the version 2022-01-01 that the CLI asks for: as shipped every `az network` fails with "'NoneType'
  object has no attribute 'standard_medium'". The CLI asks for 2022-07-01 instead.

Python loads this file when its folder is on PYTHONPATH. With other packages of the CLI it changes nothing.
"""

import functools
import importlib.abc
import importlib.machinery
import importlib.util
import sys


def mend_authorization(module):
    """Adds what is missing to every group of operations in a module of the SDK."""
    for operations in vars(module).values():
        if isinstance(operations, type) and operations.__name__.endswith("Operations") and not hasattr(operations, "config"):
            operations.config = property(lambda self: self._config)
            if hasattr(operations, "create"):
                operations.create = without_custom_headers(operations.create)


def without_custom_headers(create):
    @functools.wraps(create)
    def call(self, *args, custom_headers=None, **kwargs):
        return create(self, *args, **kwargs)

    return call


def mend_profiles(module):
    """Asks for a version of the network SDK that is there."""
    latest = module.AZURE_API_PROFILES["latest"]
    network = module.ResourceType.MGMT_NETWORK
    if latest.get(network) == "2022-01-01" and importlib.util.find_spec("azure.mgmt.network.v2022_01_01") is None:
        latest[network] = "2022-07-01"


def mender(name):
    if name.startswith("azure.mgmt.authorization.v") and name.endswith(".operations"):
        return mend_authorization
    if name == "azure.cli.core.profiles._shared":
        return mend_profiles
    return None


class Finder(importlib.abc.MetaPathFinder):
    """Mends the modules above when they are imported, and no others."""

    def find_spec(self, name, path, target=None):
        mend = mender(name)
        spec = importlib.machinery.PathFinder.find_spec(name, path) if mend else None
        if spec is not None:
            execute = spec.loader.exec_module

            def exec_module(module):
                execute(module)
                mend(module)

            spec.loader.exec_module = exec_module
        return spec


sys.meta_path.insert(0, Finder())
