# SPDX-License-Identifier: Apache-2.0
"""What goes to people, feeds and servers."""
