"""The drill of the sealing keys: sessions read and write keys while the master key is changed."""
