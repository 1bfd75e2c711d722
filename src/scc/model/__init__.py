# SPDX-License-Identifier: Apache-2.0
"""The nouns: frozen values that travel between the stages. Knows nothing of any other package.

Import the modules (`from scc.model.document import Document`); nothing is re-exported here, so that
a command pays only for what it uses.
"""
