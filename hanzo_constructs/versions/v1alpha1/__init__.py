"""The kinds of v1alpha1, as the operator had them before v1, and the way of each to v1.

Source: hanzoai/operator, `api/v1alpha1/` at 60933ec.
"""
