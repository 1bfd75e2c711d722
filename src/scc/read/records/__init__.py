# SPDX-License-Identifier: Apache-2.0
"""One reader per record format."""
