"""Everything computed again at the published inputs, and each number compared with the published one."""
