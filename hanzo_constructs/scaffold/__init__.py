"""Resources and projects to begin with: complete as they stand, with every field of the kind to be uncommented.

What is written is made from the models: a field that is added to a kind is in its scaffold.
"""

from .project import project_files as project_files
from .resource import Section as Section
from .resource import resource_sections as resource_sections
from .texts import python_text as python_text
from .texts import yaml_text as yaml_text

__all__ = ["Section", "project_files", "python_text", "resource_sections", "yaml_text"]
