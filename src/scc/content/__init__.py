# SPDX-License-Identifier: Apache-2.0
"""Our own data and its one strict loader."""
