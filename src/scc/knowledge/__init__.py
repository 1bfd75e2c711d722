# SPDX-License-Identifier: Apache-2.0
"""The knowledge pack, the crosswalk graph and the selection of controls."""
