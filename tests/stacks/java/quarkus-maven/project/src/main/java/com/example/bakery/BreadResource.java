package com.example.bakery;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

@Path("/bread")
public class BreadResource {
    @GET
    @Path("/{kind}")
    @Produces(MediaType.TEXT_PLAIN)
    public String bake(@PathParam("kind") String kind) {
        return "fresh " + kind;
    }
}
