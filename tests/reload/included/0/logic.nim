include part
