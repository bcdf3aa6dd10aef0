"""The promises the code makes about its own shape, each checked, each checker shown to find a planted
fault.
"""
