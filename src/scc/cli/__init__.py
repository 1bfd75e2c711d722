# SPDX-License-Identifier: Apache-2.0
"""The command line: a thin face. Each command lives in a module that is imported when it is called."""
