package com.example.mail;

public class Main {
    public static void main(String[] arguments) throws InterruptedException {
        while (true) {
            Thread.sleep(60_000);
        }
    }
}
