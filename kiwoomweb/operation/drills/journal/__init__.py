"""The journal drill: years of many accounts, every fault of F-49 to F-53, and not a won may be off."""
