package com.example.tides;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.LocalTime;

@Path("/tides")
public class TideResource {
    @GET
    public String next() {
        return LocalTime.now().getHour() < 12 ? "ebb" : "flood";
    }
}
