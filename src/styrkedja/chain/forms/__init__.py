"""What is asked for: in lists, of every kind of object, and where something is done with one."""

from styrkedja.chain.forms.lists import CountyForm, LevelForm, ListForm

__all__ = ["CountyForm", "LevelForm", "ListForm"]
