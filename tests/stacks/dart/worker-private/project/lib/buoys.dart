const buoys = ['north', 'south'];
