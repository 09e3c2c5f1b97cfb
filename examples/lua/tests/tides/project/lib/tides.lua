local tides = {}

function tides.next()
  return "high water at noon"
end

return tides
