<?php

use App\Models\Letter;
use Illuminate\Support\Facades\Route;

Route::get("/", fn () => view("letters", ["letters" => Letter::all()]));
