<%@ page contentType="text/plain" %>
<% int adults = 3; %>fare: <%= adults * 4 %>
