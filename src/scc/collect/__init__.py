# SPDX-License-Identifier: Apache-2.0
"""Sources to Raw: one module per source kind; `http` is the one door to the network."""
